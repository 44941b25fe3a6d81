import { Button, Modal, NativeSelect, useMantineColorScheme } from "@mantine/core";
import type { MantineColorScheme } from "@mantine/core";
import { useState } from "react";
import { sayDay } from "../base/dates";
import { languages, storedPreferences } from "../base/preferences";
import type { Preferences } from "../base/preferences";
import { preferencesTexts as texts } from "./preferences-texts";
import styles from "./preferences-dialog.module.css";

interface Props {
  onChoose: (preferences: Preferences) => void;
  onClose: () => void;
}

const weekdays = ["Monday", "Sunday", "Saturday"] as const;

/** Language, clock, first day of the week, how long messages stay, and colours, on this device. What is chosen is so at once. */
export default function PreferencesDialog({ onChoose, onClose }: Props) {
  const [chosen, setChosen] = useState(storedPreferences);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choose = (some: Partial<Preferences>) => {
    const preferences = { ...chosen, ...some };
    setChosen(preferences);
    onChoose(preferences);
  };
  const asTheBrowser = { value: "browser", label: texts.asTheBrowser };
  const named = Object.entries(languages).map(([value, label]) => ({ value, label }));
  return (
    <Modal
      opened
      onClose={onClose}
      title={texts.title}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      <div className={styles["choices"]}>
        <NativeSelect
          label={texts.language}
          data={[asTheBrowser, ...named]}
          value={chosen.language}
          data-autofocus
          onChange={(event) =>
            choose({ language: event.currentTarget.value as Preferences["language"] })
          }
        />
        <NativeSelect
          label={texts.clock}
          data={[
            asTheBrowser,
            { value: "24", label: texts.twentyFourHours },
            { value: "12", label: texts.twelveHours },
          ]}
          value={chosen.clock}
          onChange={(event) => choose({ clock: event.currentTarget.value as Preferences["clock"] })}
        />
        <NativeSelect
          label={texts.week}
          data={[asTheBrowser, ...weekdays.map((day) => ({ value: day, label: sayDay(day) }))]}
          value={chosen.week}
          onChange={(event) => choose({ week: event.currentTarget.value as Preferences["week"] })}
        />
        <NativeSelect
          label={texts.messages}
          data={[
            { value: "usual", label: texts.aFewSeconds },
            { value: "long", label: texts.tenTimesAsLong },
          ]}
          value={chosen.messages}
          onChange={(event) =>
            choose({ messages: event.currentTarget.value as Preferences["messages"] })
          }
        />
        <NativeSelect
          label={texts.colours}
          data={[
            { value: "auto", label: texts.asTheDevice },
            { value: "light", label: texts.light },
            { value: "dark", label: texts.dark },
          ]}
          value={colorScheme}
          onChange={(event) => setColorScheme(event.currentTarget.value as MantineColorScheme)}
        />
        <p className="dim">{texts.onThisDevice}</p>
        <Button onClick={onClose}>{texts.done}</Button>
      </div>
    </Modal>
  );
}
