import { labelOf } from "./fields";
import { inList } from "../../ui/base/locale";
import { fields, order } from "./fields";
import styles from "./what-fits.module.css";
import { texts } from "./texts";

/** What tables there may be, and their columns: those that a new record needs, and the others. */
export function WhatFits() {
  return (
    <section aria-labelledby="what-fits" className={styles["fits"]}>
      <h2 id="what-fits">{texts.whatFits}</h2>
      <p className="dim">{texts.howItFits}</p>
      <dl>
        {order.map((channel) => {
          const own = fields[channel].filter(({ beside }) => beside === undefined);
          const needed = own.filter(({ required }) => required);
          const others = own.filter(({ required }) => !required);
          return (
            <div key={channel}>
              <dt>{texts.tables[channel]}</dt>
              <dd>
                {texts.neededFields(inList(needed.map(labelOf)))}{" "}
                <span className="dim">{texts.otherFields(inList(others.map(labelOf)))}</span>
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
