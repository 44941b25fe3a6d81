import styles from "./explorer.module.css";
import { Payload } from "./payload";
import { isObject } from "./schema";
import type { Answer } from "./use-socket";
import { texts } from "../texts";

/** What the server answered, and how long it took. */
export function AckView({ answer: { ack, took } }: { answer: Answer }) {
  const isOk = isObject(ack) && ack["ok"] === true;
  const errors = isObject(ack) && ack["ok"] === false ? [...problems(ack["errors"])] : [];
  const what =
    ack === undefined
      ? texts.noAnswer
      : isOk
        ? texts.done
        : errors.length > 0
          ? texts.refused
          : texts.answer;
  return (
    <section aria-label={texts.answer} className={styles["ack"]} data-ok={isOk}>
      <output>{texts.after(what, took.toFixed(0))}</output>
      {errors.length > 0 && (
        <dl>
          {errors.map(([path, message]) => (
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

/** Each message with the path of its field. */
function* problems(errors: unknown, path = ""): Generator<[string, string]> {
  if (typeof errors === "string") yield [path, errors];
  else if (Array.isArray(errors)) for (const one of errors) yield* problems(one, path);
  else if (isObject(errors))
    for (const [key, one] of Object.entries(errors))
      yield* problems(one, path === "" ? key : `${path}.${key}`);
}
