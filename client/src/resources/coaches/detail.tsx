import { Button } from "@mantine/core";
import { Link, useLocation, useParams } from "wouter";
import { useMay } from "../../accounts/can";
import { useRecord } from "../../realtime";
import { Avatar } from "../../ui/avatar";
import { EditIcon, TrashIcon } from "../../ui/icons";
import { Marked } from "../../ui/marked";
import { Missing } from "../../ui/missing";
import { Page } from "../../ui/page";
import { useRemove } from "../../ui/remove";
import styles from "./coaches.module.css";

export default function CoachPage() {
  const id = Number(useParams()["id"]);
  const coach = useRecord("coaches", id)?.record;
  const may = useMay("coaches", id);
  const mayDelete = useMay("coaches", null);
  const remove = useRemove("coaches");
  const [, navigate] = useLocation();
  if (!coach) return <Missing channel="coaches" />;
  const onDelete = () => {
    remove(coach, coach.name);
    navigate("/coaches");
  };
  return (
    <Page
      title={coach.name}
      note={<Link href="/coaches">All coaches</Link>}
      actions={
        <>
          {may && (
            <Button component={Link} href={`/coaches/${id}/edit`} leftSection={<EditIcon />}>
              Edit
            </Button>
          )}
          {mayDelete && (
            <Button variant="default" leftSection={<TrashIcon />} onClick={onDelete}>
              Delete
            </Button>
          )}
        </>
      }
    >
      <Marked channel="coaches" id={id} as="section" className={styles["profile"]}>
        <Avatar name={coach.name} picture={coach.picture} size={120} />
        <dl className={styles["facts"]}>
          <div>
            <dt>Age</dt>
            <dd>{coach.age ?? "Not given"}</dd>
          </div>
          <div>
            <dt>Username</dt>
            <dd>{coach.username === null ? "No account" : `@${coach.username}`}</dd>
          </div>
        </dl>
      </Marked>
    </Page>
  );
}
