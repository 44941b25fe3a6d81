import { Button } from "@mantine/core";
import { useChannel } from "@spotter/realtime/react";
import { useMay } from "../../accounts/can";
import type { Coach } from "../../protocol";
import { SwapIcon } from "../../ui/base/icons";
import { useQuery } from "../../ui/list/use-query";
import { lazyDialog } from "../../ui/shell/lazy-parts";
import { texts } from "./texts";

const HandOverDrawer = lazyDialog(
  () => texts.givingAway,
  () => import("./hand-over-drawer"),
);

/** For a coach who is ill, or leaves: the way to give the classes to another. */
export function GiveClasses({ coach }: { coach: Coach }) {
  const [given, setGiven] = useQuery("give");
  const may = useMay("schedules", null);
  const classes = useChannel("schedules") ?? [];
  const exceptions = useChannel("exceptions") ?? [];
  const isTheirs = (each: { coach: { id: number } | null }) => each.coach?.id === coach.id;
  if (!may || !(classes.some(isTheirs) || exceptions.some(isTheirs))) return null;
  return (
    <>
      <Button variant="default" leftSection={<SwapIcon />} onClick={() => setGiven("classes")}>
        {texts.giveClassesTo}
      </Button>
      {given !== "" && <HandOverDrawer coach={coach} onClose={() => setGiven(null)} />}
    </>
  );
}
