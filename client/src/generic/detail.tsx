import { useRecord } from "@spotter/realtime/react";
import { Link, useParams } from "wouter";
import { isServed, protocol } from "../served";
import { fieldName } from "../ui/base/field-names";
import { capital } from "../ui/base/locale";
import { MissingRecord } from "../ui/record/missing-record";
import { RecordPage } from "../ui/record/record-page";
import { nameOf, recordPath } from "../ui/shell/navigation";
import styles from "./generic.module.css";
import { say } from "./say";
import { useChannelOfPage } from "./use-channel-of-page";
import { texts } from "./texts";

/** One record of a resource that has no page of its own. */
export default function GenericPage() {
  const channel = useChannelOfPage();
  const id = Number(useParams()["id"]);
  const record = useRecord(channel, id)?.record;
  if (!record) return <MissingRecord channel={channel} id={id} />;
  const named = { ...record, name: nameOf(record) };
  return (
    <RecordPage channel={channel} record={named}>
      <dl className={styles["all"]}>
        {Object.entries(record)
          .filter(([field]) => field !== "id" && field !== "name")
          .map(([field, value]) => (
            <div key={field}>
              <dt>{capital(fieldName(field))}</dt>
              <dd>
                <Value
                  field={field}
                  value={value}
                  to={protocol.relations[channel]?.[field]?.channel}
                />
              </dd>
            </div>
          ))}
      </dl>
    </RecordPage>
  );
}

/** A value; one that refers to records leads to them. */
function Value({ field, value, to }: { field: string; value: unknown; to: string | undefined }) {
  if (to === undefined || !isServed(to)) return say(field, value) || texts.empty;
  const records = [value].flat().flatMap((one) => {
    const { id } = (one ?? {}) as { id?: number };
    return id === undefined ? [] : [{ id, label: say(field, one) }];
  });
  if (records.length === 0) return texts.empty;
  return (
    <ul>
      {records.map(({ id, label }) => (
        <li key={id}>
          <Link href={recordPath(to, id)}>{label}</Link>
        </li>
      ))}
    </ul>
  );
}
