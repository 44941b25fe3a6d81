import { Select } from "@mantine/core";
import type { OptionsFilter, SelectProps } from "@mantine/core";
import { useChannel } from "@spotter/realtime/react";
import type { Channel, RecordOf } from "@spotter/realtime";
import { useEffect, useRef, useState } from "react";
import type { ComponentType, KeyboardEvent } from "react";
import { useMay } from "../../accounts/can";
import { PlusIcon } from "../base/icons";
import { choices, filter } from "../base/select-options";
import type { Named } from "../base/select-options";
import { folded } from "../base/search-text";
import { things } from "../shell/things";
import type { MakeProps } from "./make-dialog";
import { useArrived } from "./use-arrived";
import styles from "./record-select.module.css";

type NamedChannel = { [C in Channel]: RecordOf<C> extends Named ? C : never }[Channel];

interface Props<C extends NamedChannel> extends Omit<
  SelectProps,
  "data" | "value" | "onChange" | "filter" | "renderOption"
> {
  channel: C;
  /** What sets records of one name apart. */
  details: (record: RecordOf<C>) => string;
  /** Makes a record that is not there yet. */
  make: ComponentType<MakeProps<C>>;
  value: number | null;
  onChange: (record: RecordOf<C> | null) => void;
}

/** The value of the choice that makes a record. */
const NEW = "new";

/** Chooses a record by its name, or makes one that is called what was typed. */
export function RecordSelect<C extends NamedChannel>(props: Props<C>) {
  const { channel, details, make: Make, value, onChange, error, ...rest } = props;
  const records = (useChannel(channel) ?? []) as readonly (RecordOf<C> & Named)[];
  const mayMake = useMay(channel, null);
  const [search, setSearch] = useState("");
  const [opened, setOpened] = useState(false);
  const [making, setMaking] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const listed = choices(records, details);
  const typed = search.trim();
  const known = listed.find(({ label }) => folded(label) === folded(typed));
  const called = known ? "" : typed;
  const offer = {
    value: NEW,
    label: called === "" ? things.newOne(channel) : things.newNamed(channel, called),
  };

  useArrived(channel, value === null ? [] : [value], (arrived) => {
    if (value !== null) onChange(arrived.get(value) ?? null);
  });
  const wasMaking = useRef(false);
  useEffect(() => {
    if (making === null && wasMaking.current) input.current?.focus();
    wasMaking.current = making !== null;
  }, [making]);

  const choose = (chosen: string | null) => {
    setOpened(false);
    if (chosen === NEW) setMaking(called);
    else onChange(records.find(({ id }) => String(id) === chosen) ?? null);
  };
  /** Enter takes the first choice for what was typed, where none is picked out by the arrows. */
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const picked = event.currentTarget.hasAttribute("aria-activedescendant");
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || picked) return;
    if (!opened || typed === "" || event.nativeEvent.isComposing) return;
    // It is chosen: Enter sends the form.
    if (known && known.value === String(value)) return;
    event.preventDefault();
    const [first] = known ? [known] : matching({ options: listed, search, limit: Infinity });
    choose(first && "value" in first ? String(first.value) : mayMake ? NEW : null);
  };
  const matching: OptionsFilter = ({ options, search: sought, limit }) => {
    const there = options.filter((option) => !("value" in option && option.value === NEW));
    const found = filter({ options: there, search: sought, limit });
    return mayMake && options.length > there.length ? [...found, offer] : found;
  };

  return (
    <>
      <Select
        ref={input}
        searchable
        openOnFocus={false}
        nothingFoundMessage={typed === "" ? things.noneYet(channel) : things.noneNamed(channel)}
        {...rest}
        error={error}
        data={mayMake ? [...listed, offer] : listed}
        filter={matching}
        renderOption={({ option }) =>
          option.value === NEW ? (
            <span className={styles["new"]}>
              <PlusIcon size={16} />
              {option.label}
            </span>
          ) : (
            option.label
          )
        }
        value={value === null ? null : String(value)}
        onChange={choose}
        searchValue={search}
        onSearchChange={setSearch}
        dropdownOpened={opened}
        onDropdownOpen={() => setOpened(true)}
        onDropdownClose={() => setOpened(false)}
        onKeyDown={onKeyDown}
      />
      {making !== null && (
        <Make called={making} onMade={onChange} onClose={() => setMaking(null)} />
      )}
    </>
  );
}
