import { z } from "zod";
import { ControlError, type ControlRoute } from "../control/route.ts";
import type { LedgerView } from "./ledger-view.ts";
import { scriptRequest, type Scripts } from "./script.ts";

const offlineRequest = z.strictObject({ offline: z.boolean() });
const clearRequest = z.strictObject({});

/** The control interface of the gateway: script it, read its book, pull its plug. */
export function gatewayRoutes(gateway: {
  readonly view: () => LedgerView;
  readonly scripts: Scripts;
  readonly setOffline: (offline: boolean) => void;
}): readonly ControlRoute[] {
  return [
    {
      method: "POST",
      path: "/gateway/script",
      async handle(body) {
        gateway.scripts.add(checked(scriptRequest, body));
        return { scriptsWaiting: gateway.scripts.waiting() };
      },
    },
    {
      method: "POST",
      path: "/gateway/script/clear",
      async handle(body) {
        checked(clearRequest, body);
        gateway.scripts.clear();
        return { scriptsWaiting: 0 };
      },
    },
    { method: "GET", path: "/gateway/ledger", handle: async () => gateway.view() },
    {
      method: "POST",
      path: "/gateway/offline",
      async handle(body) {
        const { offline } = checked(offlineRequest, body);
        gateway.setOffline(offline);
        return { offline };
      },
    },
  ];
}

/** The body as `schema` wants it, or a `ControlError` naming the first thing that is wrong. */
function checked<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new ControlError(z.prettifyError(result.error));
}
