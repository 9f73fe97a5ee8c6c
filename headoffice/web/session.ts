import { createContext, useContext } from "react";
import type { SessionAnswer } from "../admin/shapes.ts";

interface Session extends SessionAnswer {
  /** Asks again who is signed in: after signing out, or when an answer says that nobody is. */
  reload(): void;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("broken promise: somebody is signed in");
  return session;
}
