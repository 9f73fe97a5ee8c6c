import { z } from "zod";
import { ControlError, type ControlRoute } from "./route.ts";

/** A POST route that checks its body by a schema and refuses it with what is wrong. */
export function post<T>(path: string, schema: z.ZodType<T>, act: (request: T) => Promise<unknown>): ControlRoute {
  return {
    method: "POST",
    path,
    handle: async (body) => {
      const request = schema.safeParse(body);
      if (!request.success) throw new ControlError(z.prettifyError(request.error));
      return await act(request.data);
    },
  };
}
