import { PasswordInput } from "@mantine/core";
import type { PasswordInputProps } from "@mantine/core";

/** A password. What is wrong with it is said to those who do not see it, too: the library's field only shows it. */
export function PasswordField(props: PasswordInputProps) {
  return <PasswordInput aria-invalid={props.error ? true : undefined} {...props} />;
}
