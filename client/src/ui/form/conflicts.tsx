import { Alert, Button } from "@mantine/core";
import { PeopleIcon } from "../base/icons";
import { useDoer } from "../base/people";
import styles from "./form.module.css";
import type { RecordForm } from "./use-record-form";

interface Props {
  form: RecordForm;
  labels: Readonly<Record<string, string>>;
  describe: (field: string, value: unknown) => string;
}

/** What somebody else changed while this form was open, and where it is not what was typed here. */
export function Conflicts({ form, labels, describe }: Props) {
  const { theirs } = form;
  const doer = useDoer();
  if (!theirs) return null;
  const fields = Object.keys(theirs.conflicts);
  const name = (field: string) => labels[field] ?? field;
  const decideAll = (choice: "theirs" | "mine") => {
    for (const field of fields) form.decide(field, choice);
  };

  return (
    <Alert
      icon={<PeopleIcon />}
      role="alert"
      title={`${doer(theirs.actor)} changed this while you were editing`}
      withCloseButton={fields.length === 0}
      closeButtonLabel="Dismiss"
      onClose={form.dismissTheirs}
    >
      {theirs.taken.length > 0 && (
        <p>Taken over: {theirs.taken.map(name).join(", ")}. What you typed is kept.</p>
      )}
      {fields.length > 0 && (
        <>
          <p>You both changed {fields.map(name).join(", ")}. Which one should stay?</p>
          <ul className={styles["collisions"]}>
            {fields.map((field) => (
              <li key={field}>
                <strong>{name(field)}</strong>
                <div className={styles["choices"]}>
                  <Button variant="default" onClick={() => form.decide(field, "theirs")}>
                    Theirs: {describe(field, theirs.conflicts[field])}
                  </Button>
                  <Button variant="default" onClick={() => form.decide(field, "mine")}>
                    Mine: {describe(field, form.form.values[field])}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
          {fields.length > 1 && (
            <div className={styles["choices"]}>
              <Button variant="subtle" onClick={() => decideAll("theirs")}>
                All theirs
              </Button>
              <Button variant="subtle" onClick={() => decideAll("mine")}>
                All mine
              </Button>
            </div>
          )}
        </>
      )}
    </Alert>
  );
}
