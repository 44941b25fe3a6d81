import { Button, Skeleton, TextInput } from "@mantine/core";
import { useChannel } from "@spotter/realtime/react";
import type { Channel, RecordOf } from "@spotter/realtime";
import { useDeferredValue, useMemo } from "react";
import type { ReactNode } from "react";
import { Empty } from "../base/empty";
import { SearchIcon } from "../base/icons";
import { NotLoaded } from "../base/not-loaded";
import { matches } from "../base/search-text";
import { ChangeHighlight } from "../record/change-highlight";
import { things } from "../shell/things";
import { FilterSelect } from "./filter-select";
import styles from "./record-list.module.css";
import { useQuery } from "./use-query";
import { useShowMore } from "./use-show-more";
import { texts } from "./texts";

interface Sort<R> {
  label: () => string;
  compare: (a: R, b: R) => number;
}

interface Props<C extends Channel> {
  channel: C;
  /** By name as it is in the address; the first one is the default. */
  sorts: Readonly<Record<string, Sort<RecordOf<C>>>>;
  searchText: (record: RecordOf<C>) => string;
  /** Further filters, and what they let through. */
  filters?: ReactNode;
  keep?: (record: RecordOf<C>) => boolean;
  /** What one record looks like. */
  item: (record: RecordOf<C>) => ReactNode;
  /** What to do when there is none at all. */
  hint: ReactNode;
}

/** The records of a channel with search, filters and order in the address. */
export function RecordList<C extends Channel>(props: Props<C>) {
  const { channel, sorts, searchText, filters, keep, item, hint } = props;
  const records = useChannel(channel);
  const [search, setSearch] = useQuery("q");
  const [sort, setSort] = useQuery("sort");
  const sought = useDeferredValue(search);
  const order = sorts[sort] ?? Object.values(sorts)[0];

  const found = useMemo(
    () =>
      records
        ?.filter((record) => (keep?.(record) ?? true) && matches(searchText(record), sought))
        .toSorted(order?.compare),
    [records, keep, searchText, sought, order],
  );
  const { shown, rest, more, sentinel } = useShowMore(found ?? []);

  return (
    <>
      <search className={styles["tools"]}>
        <TextInput
          aria-label={things.search(channel)}
          placeholder={things.search(channel)}
          leftSection={<SearchIcon size={18} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          className={styles["search"]}
        />
        {filters}
        <FilterSelect
          label={texts.sortBy}
          options={Object.entries(sorts).map(([value, { label }]) => ({ value, label: label() }))}
          value={sort in sorts ? sort : (Object.keys(sorts)[0] ?? "")}
          onChange={setSort}
          className={styles["sort"]}
        />
      </search>
      {records === undefined && (
        <NotLoaded>
          <Loading />
        </NotLoaded>
      )}
      {records?.length === 0 && <Empty title={things.noneYet(channel)}>{hint}</Empty>}
      {records !== undefined && records.length > 0 && (
        <output className={styles["count"]}>
          {found?.length === records.length
            ? things.howMany(channel, records.length)
            : things.someOf(channel, found?.length ?? 0, records.length)}
        </output>
      )}
      {records !== undefined && records.length > 0 && found?.length === 0 && (
        <Empty title={texts.nothingFits}>{filters ? texts.otherFilters : texts.otherSearch}</Empty>
      )}
      <ul className={styles["list"]}>
        {shown.map((record) => (
          <ChangeHighlight key={record.id} channel={channel} id={record.id} as="li">
            {item(record)}
          </ChangeHighlight>
        ))}
      </ul>
      {rest > 0 && (
        <Button ref={sentinel} variant="default" onClick={more} fullWidth mt="md">
          {texts.showMore(rest)}
        </Button>
      )}
    </>
  );
}

function Loading() {
  return (
    <div className={styles["list"]} aria-busy="true" aria-label={texts.loading}>
      {["a", "b", "c", "d", "e", "f"].map((key) => (
        <Skeleton key={key} height={132} radius="var(--radius)" />
      ))}
    </div>
  );
}
