import { Alert, Button } from "@mantine/core";
import { PeopleIcon } from "../base/icons";
import { inList } from "../base/locale";
import { useDoer } from "../base/people";
import styles from "./form.module.css";
import type { RecordForm } from "./use-record-form";
import { texts } from "./texts";

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
      title={texts.theyChanged(doer(theirs.actor))}
      withCloseButton={fields.length === 0}
      closeButtonLabel={texts.dismiss}
      onClose={form.dismissTheirs}
    >
      {theirs.taken.length > 0 && <p>{texts.takenOver(inList(theirs.taken.map(name)))}</p>}
      {fields.length > 0 && (
        <>
          <p>{texts.bothChanged(inList(fields.map(name)))}</p>
          <ul className={styles["collisions"]}>
            {fields.map((field) => (
              <li key={field}>
                <strong>{name(field)}</strong>
                <div className={styles["choices"]}>
                  <Button variant="default" onClick={() => form.decide(field, "theirs")}>
                    {texts.theirs(describe(field, theirs.conflicts[field]))}
                  </Button>
                  <Button variant="default" onClick={() => form.decide(field, "mine")}>
                    {texts.mine(describe(field, form.form.values[field]))}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
          {fields.length > 1 && (
            <div className={styles["choices"]}>
              <Button variant="subtle" onClick={() => decideAll("theirs")}>
                {texts.allTheirs}
              </Button>
              <Button variant="subtle" onClick={() => decideAll("mine")}>
                {texts.allMine}
              </Button>
            </div>
          )}
        </>
      )}
    </Alert>
  );
}
