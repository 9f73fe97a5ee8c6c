/** Channel names, all that a preload may know. No zod here: preloads are sandboxed and small. */

/** invoke(intent name, arguments) → IntentResult. */
export const intentChannel = "till:intent";
/** main → till window: TillViewPatch. */
export const viewChannel = "till:view";
/** main → till window: a Sound to play. */
export const soundChannel = "till:sound";
/** main → the till window's preload: how many times its usual size everything is drawn. */
export const zoomChannel = "till:zoom";
/** main → customer display: DisplayView, whole. */
export const displayChannel = "display:view";
/** customer display → main: asks for the view once after it has loaded. */
export const displayReadyChannel = "display:ready";
/** Device bench, demo mode only: invoke(method, path, body) of the twins' control interface, and its events. */
export const benchChannel = "bench:control";
export const benchEventChannel = "bench:event";
/** The demo's phone, demo mode only: a page's request for money (→ PaySheet | null), and its owner's yes or no (→ boolean). */
export const phoneAskChannel = "phone:ask";
export const phonePayChannel = "phone:pay";

export type Sound = "found" | "unknown" | "paid" | "refused";
