import { Button, TextInput } from "@mantine/core";
import { reason } from "@spotter/realtime";
import type { Channel, HistoryEntry } from "@spotter/realtime";
import { Link } from "wouter";
import { protocol } from "../served";
import { addDays, sayFullDate } from "../ui/base/dates";
import { Empty } from "../ui/base/empty";
import { grouped } from "../ui/base/grouped";
import { NotLoaded } from "../ui/base/not-loaded";
import { said } from "../ui/base/said";
import { dayAt } from "../ui/base/time";
import { FilterSelect } from "../ui/list/filter-select";
import { useQuery } from "../ui/list/use-query";
import { useShowMore } from "../ui/list/use-show-more";
import { labelOf } from "../ui/shell/labels";
import { things } from "../ui/shell/things";
import { capital, locale } from "../ui/base/locale";
import { Page } from "../ui/shell/page";
import styles from "./changes.module.css";
import { CommitItem } from "./commit-item";
import type { Commit } from "./commits";
import { entryOf, isOfGone } from "./commits";
import { useCommits } from "./use-commits";
import { texts } from "./texts";

const allChannels = Object.keys(protocol.singular) as Channel[];

/** Everything that was changed: by whom, when, and with a way back. */
export default function ChangesPage() {
  const [of, setOf] = useQuery("of");
  const [record, setRecord] = useQuery("record");
  const [who, setWho] = useQuery("who");
  const [day, setDay] = useQuery("day");
  const channels = allChannels.map((value) => ({ value, label: capital(things.many(value)) }));
  const channel = allChannels.find((value) => value === of);
  const id = channel && /^\d+$/.test(record) ? Number(record) : undefined;
  const query = { who, day, ...(channel && { channel }), ...(id !== undefined && { id }) };
  const { commits, actors, undos, gone, loading, error, further } = useCommits(query);
  const { shown, rest, more, sentinel } = useShowMore(commits ?? []);
  const isFiltered = [of, who, day].some((value) => value !== "");
  const named = entryOf(commits ?? [], channel, id);
  // A name in the address may be of somebody whose changes are not here yet.
  const names = who === "" || actors.includes(who) ? actors : [who, ...actors];

  return (
    <Page
      title={texts.recentChanges}
      note={id === undefined ? undefined : <OfOneRecord {...{ channel, named, setRecord }} />}
    >
      <search className={styles["filters"]}>
        <FilterSelect
          label={texts.whatWasChanged}
          labelled
          all={texts.everything}
          options={channels}
          value={of}
          onChange={setOf}
        />
        <FilterSelect
          label={texts.whoDidIt}
          labelled
          all={texts.everybody}
          options={names}
          value={who}
          onChange={setWho}
        />
        <TextInput
          type="date"
          label={texts.day}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        {isFiltered && (
          <Button component={Link} href="/changes" variant="subtle">
            {texts.showEverything}
          </Button>
        )}
      </search>
      {error !== null && <Empty title={texts.notAvailable}>{said(reason(error))}</Empty>}
      {commits === undefined && error === null && <NotLoaded />}
      {commits?.length === 0 && !loading && further === undefined && (
        <Empty title={isFiltered ? texts.noneFits : texts.nothing}>
          {isFiltered ? texts.changeFilters : texts.listedHere}
        </Empty>
      )}
      <div aria-busy={loading}>
        {byDay(shown).map(([date, some]) => (
          <section key={date} aria-labelledby={`day-${date}`} className={styles["day"]}>
            <h2 id={`day-${date}`}>{spoken(date)}</h2>
            <ol>
              {some.map((commit) => (
                <CommitItem
                  key={commit.seq}
                  commit={commit}
                  undo={undos.get(commit.seq)}
                  isOfGone={isOfGone(commit, gone)}
                />
              ))}
            </ol>
          </section>
        ))}
      </div>
      {rest > 0 && (
        <Button ref={sentinel} variant="default" onClick={more} fullWidth mt="md">
          {texts.showMore(rest)}
        </Button>
      )}
      {rest === 0 && further !== undefined && (
        <Button variant="default" onClick={further} loading={loading} fullWidth mt="md">
          {texts.furtherBack}
        </Button>
      )}
    </Page>
  );
}

interface OfOneRecordProps {
  channel: Channel | undefined;
  /** One of its changes, which has its name. */
  named: HistoryEntry | undefined;
  setRecord: (value: string | null) => void;
}

function OfOneRecord({ channel, named, setRecord }: OfOneRecordProps) {
  if (channel === undefined) return null;
  const label = named === undefined ? "" : labelOf(named);
  return (
    <>
      {label === "" ? things.onlyOne(channel) : texts.onlyOf(label)}{" "}
      <Button variant="subtle" size="compact-sm" onClick={() => setRecord(null)}>
        {things.changesOfAll(channel)}
      </Button>
    </>
  );
}

function byDay(commits: readonly Commit[]): [string, Commit[]][] {
  return Array.from(grouped(commits, ({ at }) => dayAt(at)));
}

/** "Today", "Yesterday", "Thursday, 26 November 2026". */
function spoken(date: string): string {
  const today = dayAt(Date.now());
  const days = [today, addDays(today, -1)].indexOf(date);
  return days === -1 ? sayFullDate(date) : capital(locale().relative.format(-days, "day"));
}
