import { Skeleton } from "@mantine/core";
import { texts } from "./texts";

export function GridSkeleton() {
  return (
    <div aria-busy="true" aria-label={texts.loading}>
      {[52, 96, 96, 52, 96, 52].map((height, at) => (
        <Skeleton
          // The rows never change, so their places may stand for them.
          // oxlint-disable-next-line no-array-index-key
          key={at}
          height={height}
          mb={6}
          radius="var(--radius-small)"
        />
      ))}
    </div>
  );
}
