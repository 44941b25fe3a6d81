import { useSession } from "@spotter/realtime/react";
import type { HistoryEntry } from "@spotter/realtime";
import { isOurs, nameOfPerson } from "../base/people";
import { fullMoment } from "../base/time";
import { texts } from "./texts";

/** Stands where Undo would be: somebody has done that. */
export function UndoneBy({ undo }: { undo: HistoryEntry | undefined }) {
  const session = useSession();
  if (undo === undefined) return null;
  const { actor, at } = undo;
  return (
    <span className="dim" title={fullMoment(at)}>
      {actor === null
        ? texts.undone
        : texts.undoneBy(isOurs(actor, session) ? null : nameOfPerson(actor))}
    </span>
  );
}
