import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { Realtime } from "@spotter/realtime";
import { RealtimeProvider } from "@spotter/realtime/react";
import { FakeSocket } from "@spotter/realtime/testing";
import { MemoryOutboxStorage } from "@spotter/realtime/testing";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { protocol } from "../src/protocol";
import { cssVariables, makeTheme } from "../src/ui/base/theme";

/** Renders a part of the app at an address, with a server that the test plays. */
export function renderApp(children: ReactNode, path = "/") {
  const socket = new FakeSocket();
  const realtime = new Realtime({ socket, protocol, storage: new MemoryOutboxStorage() });
  const { hook, searchHook, history } = memoryLocation({ path, record: true });
  const view = render(
    <MantineProvider theme={makeTheme()} cssVariablesResolver={cssVariables} env="test">
      <RealtimeProvider value={realtime}>
        <Router hook={hook} searchHook={searchHook}>
          {children}
        </Router>
      </RealtimeProvider>
      <Notifications />
    </MantineProvider>,
  );
  return { socket, realtime, history, ...view };
}
