import { MantineProvider } from "@mantine/core";
import { useMemo, useState, useSyncExternalStore } from "react";
import { App } from "./app";
import { texts } from "./texts";
import { translations } from "./translations";
import { languageChanges, onLanguageChange, speak } from "./ui/base/language";
import { storePreferences } from "./ui/base/preferences";
import type { Preferences } from "./ui/base/preferences";
import { cssVariables, makeTheme } from "./ui/base/theme";
import { Toasts } from "./ui/shell/toasts";
import { lazyDialog } from "./ui/shell/lazy-parts";

const PreferencesDialog = lazyDialog(
  () => texts.preferences,
  () => import("./ui/shell/preferences-dialog"),
);

/** The app in the reader's language. After another was chosen, all but the dialog that asks for it is drawn anew. */
export function Localized() {
  const version = useSyncExternalStore(onLanguageChange, languageChanges);
  const [asks, setAsks] = useState(false);
  // oxlint-disable-next-line react/exhaustive-deps
  const theme = useMemo(makeTheme, [version]);
  const choose = (preferences: Preferences) => {
    storePreferences(preferences);
    void speak(preferences, translations);
  };
  const close = () => {
    setAsks(false);
    // The button that opened it may have been drawn anew since.
    requestAnimationFrame(() =>
      document
        .querySelector<HTMLElement>("[data-preferences]")
        ?.focus({ focusVisible: true } as object),
    );
  };
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <App key={version} onPreferences={() => setAsks(true)} />
      {asks && <PreferencesDialog onChoose={choose} onClose={close} />}
      <Toasts />
    </MantineProvider>
  );
}
