import { poleSwitchesRequest } from "#contract/bench/pole-display.ts";
import { scaleKeyRequest, scalePutRequest, scaleSwitchesRequest } from "#contract/bench/scale.ts";
import type { PoleServer } from "../pole-display/pole-server.ts";
import type { ScaleServer } from "../scale/scale-server.ts";
import { post } from "./post.ts";
import type { ControlRoute } from "./route.ts";

/** The control interface of scale and pole display; the JSON shapes are contract/bench/scale.ts and pole-display.ts. */
export function counterRoutes(scale: ScaleServer, pole: PoleServer): readonly ControlRoute[] {
  return [
    { method: "GET", path: "/scale", handle: async () => scale.state() },
    post("/scale/put", scalePutRequest, async ({ grams }) => {
      scale.twin.put(grams);
      return scale.state();
    }),
    post("/scale/key", scaleKeyRequest, async ({ key }) => {
      scale.twin.press(key);
      return scale.state();
    }),
    post("/scale/switches", scaleSwitchesRequest, async (request) => {
      await scale.turn(request);
      return scale.state();
    }),
    { method: "GET", path: "/pole-display", handle: async () => pole.state() },
    post("/pole-display/switches", poleSwitchesRequest, async (request) => {
      await pole.turn(request);
      return pole.state();
    }),
  ];
}
