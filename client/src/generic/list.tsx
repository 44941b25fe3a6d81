import { Button, TextInput } from "@mantine/core";
import { useList } from "@spotter/realtime/react";
import type { AnyRecord, Channel, ListQuery } from "@spotter/realtime";
import { useDeferredValue } from "react";
import { Link } from "wouter";
import { protocol } from "../served";
import { Empty } from "../ui/base/empty";
import { fieldName } from "../ui/base/field-names";
import { SearchIcon } from "../ui/base/icons";
import { capital } from "../ui/base/locale";
import { NotLoaded } from "../ui/base/not-loaded";
import card from "../ui/list/card.module.css";
import { FilterSelect } from "../ui/list/filter-select";
import { ListPage } from "../ui/list/list-page";
import listed from "../ui/list/record-list.module.css";
import { texts as listTexts } from "../ui/list/texts";
import { useQuery } from "../ui/list/use-query";
import { ChangeHighlight } from "../ui/record/change-highlight";
import { nameOf, recordPath } from "../ui/shell/navigation";
import { things } from "../ui/shell/things";
import { whereSought } from "../ui/shell/use-own-records";
import styles from "./generic.module.css";
import { say } from "./say";
import { useChannelOfPage } from "./use-channel-of-page";
import { texts } from "./texts";

const AT_ONCE = 50;
/** So many fields of a record are in its card. */
const SHOWN = 4;

const orders: Readonly<Record<string, { label: () => string; order: readonly string[] }>> = {
  name: { label: () => texts.byName, order: ["name"] },
  newest: { label: () => texts.newest, order: ["-id"] },
  oldest: { label: () => texts.oldest, order: [] },
};

/** The records of a resource that has no list of its own, a page at a time. */
export default function GenericListPage() {
  const channel = useChannelOfPage();
  return (
    <ListPage
      key={channel}
      channel={channel}
      title={capital(things.many(channel))}
      add={things.newOne(channel)}
    >
      <Records channel={channel} />
    </ListPage>
  );
}

function Records({ channel }: { channel: Channel }) {
  const [search, setSearch] = useQuery("q");
  const [sort, setSort] = useQuery("sort");
  const sought = useDeferredValue(search.trim());
  const searched = protocol.searched[channel] ?? [];
  const offered = Object.entries(orders).filter(
    ([name]) => name !== "name" || searched.includes("name"),
  );
  const [usual = "newest"] = offered.map(([name]) => name);
  const chosen = sort in orders ? sort : usual;
  const where = whereSought(channel, sought);
  const query = { where, order: orders[chosen]?.order ?? [], limit: AT_ONCE, count: true };
  const { records, hasMore, count, error, fetchMore, loading } = useList(
    channel,
    query as ListQuery<AnyRecord>,
  );
  return (
    <>
      <search className={listed["tools"]}>
        {searched.length > 0 && (
          <TextInput
            aria-label={things.search(channel)}
            placeholder={things.search(channel)}
            leftSection={<SearchIcon size={18} />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            className={listed["search"]}
          />
        )}
        <FilterSelect
          label={listTexts.sortBy}
          options={offered.map(([value, { label }]) => ({ value, label: label() }))}
          value={chosen}
          onChange={setSort}
          className={listed["sort"]}
        />
      </search>
      {error !== null && <p role="alert">{String(error["errors"] ?? "")}</p>}
      {records === undefined && error === null && <NotLoaded />}
      {records?.length === 0 &&
        (sought === "" ? (
          <Empty title={things.noneYet(channel)}>{texts.hint}</Empty>
        ) : (
          <Empty title={listTexts.nothingFits}>{listTexts.otherFilters}</Empty>
        ))}
      {records !== undefined && records.length > 0 && count !== undefined && (
        <output className={listed["count"]}>{things.howMany(channel, count)}</output>
      )}
      <ul className={listed["list"]}>
        {records?.map((record) => (
          <ChangeHighlight key={record.id} channel={channel} id={record.id} as="li">
            <RecordCard channel={channel} record={record} />
          </ChangeHighlight>
        ))}
      </ul>
      {hasMore && (
        <Button variant="default" onClick={fetchMore} loading={loading} fullWidth mt="md">
          {texts.more}
        </Button>
      )}
    </>
  );
}

function RecordCard({ channel, record }: { channel: Channel; record: AnyRecord }) {
  const said = Object.entries(record)
    .filter(([field]) => field !== "id" && field !== "name")
    .map(([field, value]) => [field, say(field, value)] as const)
    .filter(([, text]) => text !== "");
  return (
    <article className={card["card"]}>
      <Link href={recordPath(channel, record.id)} className={card["title"]}>
        {nameOf(record)}
      </Link>
      <dl className={styles["few"]}>
        {said.slice(0, SHOWN).map(([field, text]) => (
          <div key={field}>
            <dt>{fieldName(field)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}
