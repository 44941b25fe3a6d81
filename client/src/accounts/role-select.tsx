import { NativeSelect } from "@mantine/core";
import type { NativeSelectProps } from "@mantine/core";
import { capital } from "../ui/base/locale";
import { roleName, roles } from "./roles";
import { texts } from "./texts";

/** Chooses a role; below it is what the chosen one may do. */
export function RoleSelect({ value, ...props }: NativeSelectProps & { value: string }) {
  return (
    <NativeSelect
      label={texts.role}
      description={capital(texts.theyMay[value] ?? "")}
      inputWrapperOrder={["label", "input", "description", "error"]}
      data={roles.map((role) => ({ value: role, label: capital(roleName(role)) }))}
      value={value}
      {...props}
    />
  );
}
