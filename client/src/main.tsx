import "./ui/base/fonts.css";
import "./ui/base/mantine.css";
import "./ui/base/tokens.css";
import "./ui/base/global.css";
import "./ui/base/touch.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { storedToken } from "./accounts/token";
import { Localized } from "./localized";
import { protocol } from "./served";
import { createRealtime } from "@spotter/realtime";
import { RealtimeProvider } from "@spotter/realtime/react";
import { CrashPage } from "./ui/shell/crash-page";
import { ErrorBoundary } from "./ui/shell/error-boundary";
import { speak } from "./ui/base/language";
import { storedPreferences } from "./ui/base/preferences";
import { translations } from "./translations";

const realtime = createRealtime({ protocol, credentials: storedToken });

if ("serviceWorker" in navigator && import.meta.env.PROD) {
  // After everything that the page itself needs.
  addEventListener("load", () => {
    // A browser that keeps nothing refuses: then the app needs a connection to open.
    navigator.serviceWorker.register("/sw.js").catch(() => {});
  });
}

// Nothing is drawn in another language first.
void speak(storedPreferences(), translations).then(() =>
  createRoot(document.getElementById("root") as HTMLElement).render(
    <StrictMode>
      <ErrorBoundary failed={() => <CrashPage />}>
        <RealtimeProvider value={realtime}>
          <Localized />
        </RealtimeProvider>
      </ErrorBoundary>
    </StrictMode>,
  ),
);
