import styles from "./explorer.module.css";
import { Payload } from "./payload";
import { problemsIn } from "./problems";
import { isObject } from "./schema";
import type { Answer } from "./use-socket";
import { texts } from "../texts";

/** The key of the errors under which the whole is said in one line. */
const WHOLE = "errors";

/** What the server answered, and how long it took. */
export function AckView({ answer: { ack, took } }: { answer: Answer }) {
  const isOk = isObject(ack) && ack["ok"] === true;
  const errors = isObject(ack) && ack["ok"] === false ? [...problemsIn(ack["errors"])] : [];
  // The whole in one line, and what is said of each field.
  const whole = errors.filter(([path]) => path === WHOLE);
  const byField = errors.filter(([path]) => path !== WHOLE);
  const what =
    ack === undefined
      ? texts.noAnswer
      : isOk
        ? texts.done
        : errors.length > 0
          ? texts.refused
          : texts.answer;
  return (
    <section aria-label={texts.answer} className={styles["ack"]} data-ok={isOk} ref={intoView}>
      <output>{texts.after(what, took.toFixed(0))}</output>
      {whole.map(([, message]) => (
        <p key={message}>{message}</p>
      ))}
      {byField.length > 0 && (
        <dl>
          {byField.map(([path, message]) => (
            <div key={`${path} ${message}`}>
              <dt>{path}</dt>
              <dd>{message}</dd>
            </div>
          ))}
        </dl>
      )}
      {ack !== undefined && <Payload payload={ack} name={texts.wholeAnswer} open />}
    </section>
  );
}

/** An answer is below what was sent, perhaps below what is seen. */
function intoView(answer: HTMLElement | null): void {
  answer?.scrollIntoView({ block: "nearest" });
}
