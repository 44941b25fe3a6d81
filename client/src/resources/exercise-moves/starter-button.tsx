import { Button } from "@mantine/core";
import type { ButtonProps } from "@mantine/core";
import { STARTERS, useStarter } from "./use-starter";
import { texts } from "./texts";

/** Fills a gym that has no moves yet with the usual ones. */
export function StarterButton(props: ButtonProps) {
  const { adding, add } = useStarter();
  return (
    <Button {...props} loading={adding} onClick={add}>
      {texts.addStarters(STARTERS)}
    </Button>
  );
}
