import { Button } from "@mantine/core";
import { DevelopersPage } from "../developers-page";
import type { Description, Operation } from "./document";
import { EmitForm } from "./emit-form";
import { EventList } from "./event-list";
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
  const { socket, connected, log, clear } = useSocket(operation?.namespace ?? "/");
  return (
    <div className={styles["explorer"]}>
      <EventList operations={operations} chosen={chosen} />
      <div className={styles["stage"]}>
        {operation ? (
          <section aria-label={operation.event} className={styles["event"]}>
            <h2>{operation.event}</h2>
            <p>
              <Said text={operation.summary} />
            </p>
            {operation.emits ? (
              <EmitForm key={operation.key} {...{ operation, schemas, socket, connected }} />
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
  return (
    <section className={styles["event"]} aria-label={texts.howItWorks}>
      {isUnknown && <p role="alert">{texts.noSuchEvent}</p>}
      <p>
        {texts.chooseEvent} <a href="/asyncapi.json">/asyncapi.json</a> {texts.whatEmitDoes}
      </p>
      <p>
        {texts.itIsReal} {texts.checkOption}
      </p>
      <p>{texts.whereDocs}</p>
    </section>
  );
}
