import { useMemo } from "react";
import { useSearch } from "wouter";
import { useMay } from "../../accounts/can";
import { NotLoaded } from "../../ui/base/not-loaded";
import { Forbidden } from "../../ui/form/forbidden";
import { Page } from "../../ui/shell/page";
import { order } from "./fields";
import type { ImportChannel } from "./fields";
import { Importing } from "./importing";
import { useGym } from "./use-gym";
import { texts } from "./texts";

/** Spreadsheets become records. The address may say of what: `?of=coaches`. */
export default function ImportPage() {
  const gym = useGym();
  const may = useMay("schedules", null);
  const search = useSearch();
  const wish = order.find((channel) => channel === new URLSearchParams(search).get("of"));
  const languages = useMemo(() => [...navigator.languages], []);
  if (!may) {
    return (
      <Page title={texts.import}>
        <Forbidden to="import" />
      </Page>
    );
  }
  if (gym === null) {
    return (
      <Page title={texts.import}>
        <NotLoaded />
      </Page>
    );
  }
  return (
    <Importing gym={gym} wish={wish ?? ("schedules" as ImportChannel)} languages={languages} />
  );
}
