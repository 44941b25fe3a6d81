import { createRealtime } from "@spotter/realtime";
import { protocol } from "./protocol";

const server = new URLSearchParams(location.search).get("server") ?? "http://localhost:5555";
export const realtime = createRealtime({ protocol, url: server });
