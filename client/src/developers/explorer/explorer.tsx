import { Button } from "@mantine/core";
import { useSession } from "@spotter/realtime/react";
import { useHistoryState } from "wouter/use-browser-location";
import { DevelopersPage } from "../developers-page";
import type { Description, Operation } from "./document";
import { EmitForm } from "./emit-form";
import { EventList } from "./event-list";
import type { Chosen } from "./event-list";
import styles from "./explorer.module.css";
import { LogView } from "./log-view";
import { Payload } from "./payload";
import { Said } from "./said";
import { useDescription } from "./use-description";
import { useSocket } from "./use-socket";
import { texts } from "../texts";

/** Every event of the server's AsyncAPI document, to be tried out. */
export function ExplorerPage({ chosen }: { chosen?: string }) {
  const { description, problem, retry } = useDescription();
  return (
    <DevelopersPage title={texts.explorer} note={texts.explorerNote}>
      {description && <Explorer {...description} chosen={chosen} />}
      {problem !== null && !description && (
        <div role="alert">
          <p>{texts.noDocument(problem)}</p>
          <Button onClick={retry}>{texts.tryAgain}</Button>
        </div>
      )}
    </DevelopersPage>
  );
}

function Explorer({ operations, schemas, chosen }: Description & { chosen: string | undefined }) {
  const operation = operations.find(({ key }) => key === chosen);
  const isChosen = useHistoryState<Chosen | null>()?.chosen === true;
  const { socket, connected, log, clear } = useSocket(operation?.namespace ?? "/");
  return (
    <div className={styles["explorer"]}>
      <EventList operations={operations} chosen={chosen} />
      <div className={styles["stage"]}>
        {operation ? (
          <section
            key={operation.key}
            aria-label={operation.event}
            className={styles["event"]}
            ref={isChosen ? intoView : undefined}
          >
            <h2 tabIndex={-1}>{operation.event}</h2>
            <p>
              <Said text={operation.summary} />
            </p>
            {operation.emits ? (
              <EmitForm {...{ operation, schemas, socket, connected }} />
            ) : (
              <Arrives operation={operation} />
            )}
          </section>
        ) : (
          <Welcome isUnknown={chosen !== undefined} />
        )}
        <LogView log={log} onClear={clear} />
      </div>
    </div>
  );
}

/** On a narrow page the event is below the list that it was chosen from. */
function intoView(section: HTMLElement | null): void {
  section?.querySelector("h2")?.focus({ preventScroll: true });
  section?.scrollIntoView({ block: "nearest" });
}

function Arrives({ operation }: { operation: Operation }) {
  return (
    <>
      <p className="dim">{texts.serverEmitsIt}</p>
      <h3>{texts.itsSchema}</h3>
      <Payload key={operation.key} payload={operation.payload} name={texts.itsSchema} open />
    </>
  );
}

function Welcome({ isUnknown }: { isUnknown: boolean }) {
  const isSignedIn = useSession()?.user != null;
  return (
    <section className={styles["event"]} aria-label={texts.howItWorks}>
      {isUnknown && <p role="alert">{texts.noSuchEvent}</p>}
      <p>
        {texts.chooseEvent} <a href="/asyncapi.json">/asyncapi.json</a> {texts.whatEmitDoes}
      </p>
      <p>
        {texts.itIsReal} {texts.checkOption} {texts.asWho(isSignedIn)}
      </p>
      <p>{texts.whereDocs}</p>
    </section>
  );
}
