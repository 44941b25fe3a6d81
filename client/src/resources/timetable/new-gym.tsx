import { Button } from "@mantine/core";
import { useChannel } from "@spotter/realtime/react";
import { useState } from "react";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useMay } from "../../accounts/can";
import { CheckIcon, PlusIcon } from "../../ui/base/icons";
import { lazyDialog } from "../../ui/shell/lazy-parts";
import { QuickCoach } from "../coaches/quick-coach";
import { StarterButton } from "../exercise-moves/starter-button";
import { STARTERS } from "../exercise-moves/use-starter";
import styles from "./new-gym.module.css";
import { OverLink } from "./over-link";
import { texts } from "./texts";
import { dialogTexts } from "./dialog-texts";

const MakeMove = lazyDialog(
  () => dialogTexts.newMoveLoad,
  () => import("../exercise-moves/make"),
);
const MakePlan = lazyDialog(
  () => dialogTexts.newPlanLoad,
  () => import("../workout-plans/make"),
);

/** In a gym without classes: what a first one needs, step by step, and what of it is there. */
export default function NewGym() {
  const coaches = useChannel("coaches") ?? [];
  const moves = useChannel("exercise_moves") ?? [];
  const plans = useChannel("workout_plans") ?? [];
  const mayAddCoaches = useMay("coaches", null);
  const [making, setMaking] = useState<"move" | "plan" | null>(null);
  const close = () => setMaking(null);
  const next = [coaches, moves, plans].findIndex(({ length }) => length === 0);

  return (
    <section className={styles["steps"]} aria-labelledby="new-gym">
      <header>
        <h2 id="new-gym">{texts.weekEmpty}</h2>
        <p className="dim">
          {dialogTexts.threeSteps} <Link href="/import">{dialogTexts.importWeek}</Link>.
        </p>
      </header>
      <ol>
        <Step at={0} next={next} title={dialogTexts.coaches} done={summary(coaches, "coaches")}>
          <p>{dialogTexts.whoGives}</p>
          {mayAddCoaches ? (
            <QuickCoach variant={next === 0 ? "filled" : "default"} />
          ) : (
            <p className="dim">{dialogTexts.adminAdds}</p>
          )}
        </Step>
        <Step at={1} next={next} title={dialogTexts.moves} done={summary(moves, "moves")}>
          <p>{dialogTexts.movesHint}</p>
          <div className={styles["ways"]}>
            {moves.length < STARTERS && (
              <StarterButton variant={next === 1 ? "filled" : "default"} />
            )}
            <Button
              variant="default"
              leftSection={<PlusIcon size={18} />}
              onClick={() => setMaking("move")}
            >
              {dialogTexts.newMove}
            </Button>
          </div>
        </Step>
        <Step at={2} next={next} title={dialogTexts.plans} done={summary(plans, "plans")}>
          <p>{dialogTexts.plansHint}</p>
          <Button
            variant={next === 2 ? "filled" : "default"}
            leftSection={<PlusIcon size={18} />}
            onClick={() => setMaking("plan")}
          >
            {dialogTexts.newPlan}
          </Button>
        </Step>
      </ol>
      {next === -1 && (
        <p className={styles["ready"]}>
          {dialogTexts.allReady}
          <Button component={OverLink} href="/classes/new" leftSection={<PlusIcon size={18} />}>
            {dialogTexts.addFirst}
          </Button>
        </p>
      )}
      {making === "move" && <MakeMove called="" onMade={close} onClose={close} />}
      {making === "plan" && <MakePlan called="" onMade={close} onClose={close} />}
    </section>
  );
}

interface StepProps {
  /** Its place, from 0, and that of the step that is to be done next. */
  at: number;
  next: number;
  title: string;
  /** What is there already; nothing for a step that is to be done. */
  done: string;
  children: ReactNode;
}

function Step({ at, next, title, done, children }: StepProps) {
  return (
    <li data-done={done !== "" || undefined} aria-current={at === next ? "step" : undefined}>
      <h3>
        <span className={styles["mark"]} aria-hidden="true">
          {done === "" ? at + 1 : <CheckIcon size={16} />}
        </span>
        {title}
      </h3>
      <output className={styles["done"]}>
        {done === "" ? dialogTexts.noneYet : dialogTexts.done(done)}
      </output>
      {children}
    </li>
  );
}

/** "4 coaches: Ana, Ben, Cleo ...": the newest come last. */
function summary(
  records: readonly { name: string }[],
  kind: "coaches" | "moves" | "plans",
): string {
  if (records.length === 0) return "";
  const names = records.slice(0, 4).map(({ name }) => name);
  const more = records.length > names.length ? " …" : "";
  return `${dialogTexts.howMany(kind, records.length)}: ${names.join(", ")}${more}`;
}
