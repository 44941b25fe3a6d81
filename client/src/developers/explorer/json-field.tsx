import { Textarea } from "@mantine/core";
import { useState } from "react";
import { texts } from "../texts";

interface Props {
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
  rules?: string;
  /** Told whether what is typed can be read. */
  onBroken?: (broken: boolean) => void;
}

/** A value as JSON, which counts as soon as it can be read; nothing stands for nothing. */
export function JsonField({ label, value, onChange, rules, onBroken }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const shown = typed ?? (value === undefined ? "" : JSON.stringify(value, null, 2));

  const change = (text: string) => {
    setTyped(text);
    const read = parse(text);
    setProblem(read.problem);
    onBroken?.(read.problem !== null);
    if (read.problem === null) onChange(read.value);
  };
  return (
    <Textarea
      label={label}
      description={rules}
      value={shown}
      onChange={({ currentTarget }) => change(currentTarget.value)}
      error={problem}
      autosize
      minRows={4}
      maxRows={24}
      spellCheck={false}
      autoComplete="off"
      styles={{ input: { fontFamily: "ui-monospace, monospace" } }}
    />
  );
}

function parse(text: string): { value: unknown; problem: string | null } {
  if (text.trim() === "") return { value: undefined, problem: null };
  try {
    return { value: JSON.parse(text), problem: null };
  } catch (error) {
    return { value: undefined, problem: texts.noJson((error as Error).message) };
  }
}
