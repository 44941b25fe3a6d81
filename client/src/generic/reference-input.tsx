import { MultiSelect, Select } from "@mantine/core";
import { useList } from "@spotter/realtime/react";
import type { AnyRecord, Channel, Where } from "@spotter/realtime";
import { useDeferredValue, useState } from "react";
import { protocol } from "../served";
import { nameOf } from "../ui/shell/navigation";
import { texts } from "./texts";

const OFFERED = 50;

/** The list belongs to the form that it is in, for who goes from landmark to landmark. */
const inPlace = { withinPortal: false } as const;

interface Choice {
  id: number;
  name: string;
}

interface Props {
  channel: Channel;
  label: string;
  required: boolean;
  error: string | undefined;
  /** What is chosen, with the names that it has, also if it is not among the first. */
  known: readonly Choice[];
}

/** The records that can be chosen, by what was typed of their names: of a big channel the server looks for them. */
function useChoices(channel: Channel, search: string, known: readonly Choice[]) {
  const sought = useDeferredValue(search.trim());
  const isNamed = protocol.searched[channel]?.includes("name") ?? true;
  const isChosen = known.some(({ name }) => name === sought);
  const where = isNamed && sought !== "" && !isChosen ? { name: { contains: sought } } : {};
  const { records = [] } = useList(channel, { where: where as Where<AnyRecord>, limit: OFFERED });
  const found = records.map((record) => ({ id: record.id, name: nameOf(record) }));
  const all = new Map([...found, ...known].map(({ id, name }) => [id, name]));
  const names = [...all.values()];
  return Array.from(all, ([id, name]) => ({
    value: String(id),
    label: names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${texts.record(id)})`,
  }));
}

/** Chooses a record of another channel. */
export function OneInput(
  props: Props & { value: number | null; onChange: (id: number | null) => void },
) {
  const { channel, known, value, onChange, label, required, error } = props;
  const [search, setSearch] = useState("");
  const data = useChoices(channel, search, known);
  return (
    <Select
      label={label}
      required={required}
      error={error}
      comboboxProps={inPlace}
      searchable
      clearable={!required}
      nothingFoundMessage={texts.nothingFound}
      data={data}
      value={value === null ? null : String(value)}
      onChange={(chosen) => onChange(chosen === null ? null : Number(chosen))}
      searchValue={search}
      onSearchChange={setSearch}
    />
  );
}

/** Chooses several. */
export function ManyInput(
  props: Props & { value: readonly number[]; onChange: (ids: number[]) => void },
) {
  const { channel, known, value, onChange, label, required, error } = props;
  const [search, setSearch] = useState("");
  const data = useChoices(channel, search, known);
  return (
    <MultiSelect
      label={label}
      required={required}
      error={error}
      comboboxProps={inPlace}
      searchable
      nothingFoundMessage={texts.nothingFound}
      data={data}
      value={value.map(String)}
      onChange={(chosen) => onChange(chosen.map(Number))}
      searchValue={search}
      onSearchChange={setSearch}
    />
  );
}
