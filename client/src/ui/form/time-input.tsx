import { TextInput } from "@mantine/core";
import type { TextInputProps } from "@mantine/core";
import { clock } from "../base/time";
import { timeIn } from "../base/typed-time";

interface Props extends Omit<TextInputProps, "value" | "onChange"> {
  value: string;
  onChange: (value: string) => void;
}

/**
 * A time of day, typed on either clock; left, it stands there on the reader's. The browser's own field would follow the
 * browser's language alone.
 */
export function TimeInput({ value, onChange, onBlur, ...props }: Props) {
  return (
    <TextInput
      autoComplete="off"
      {...props}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={(event) => {
        const time = timeIn(value);
        if (time !== null) onChange(clock(time));
        onBlur?.(event);
      }}
    />
  );
}
