import { NativeSelect } from "@mantine/core";

interface Option {
  value: string;
  label: string;
}

interface Props {
  /** What is filtered by. */
  label: string;
  /** The choice that lets everything through. */
  all?: string;
  options: readonly (Option | string)[];
  value: string;
  onChange: (value: string) => void;
  className?: string | undefined;
  /** Its label is seen above it. */
  labelled?: boolean;
}

/** A choice above a list. The browser's own select: small, quick, and at home on phones. */
export function FilterSelect({
  label,
  all,
  options,
  value,
  onChange,
  className = "",
  labelled = false,
}: Props) {
  const rest = options.map((option) =>
    typeof option === "string" ? { value: option, label: option } : option,
  );
  return (
    <NativeSelect
      {...(labelled ? { label } : { "aria-label": label })}
      data={all === undefined ? rest : [{ value: "", label: all }, ...rest]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      className={className}
      mod={{ chosen: value !== "" }}
    />
  );
}
