import { Skeleton } from "@mantine/core";
import styles from "./page.module.css";
import { texts } from "./texts";

/** Stands for a page whose code is still on its way. */
export function PageSkeleton() {
  return (
    <main className={styles["page"]} aria-busy="true" aria-label={texts.loading}>
      <Skeleton height={44} width={260} mb="xl" />
      <Skeleton height={36} width={420} maw="100%" mb="lg" />
      <Skeleton height={240} radius="var(--radius)" />
    </main>
  );
}
