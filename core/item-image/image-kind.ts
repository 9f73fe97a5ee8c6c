export type ImageKind = "png" | "jpeg" | "webp";

export interface ImageHead {
  readonly kind: ImageKind;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** `unknown`: none of the three kinds, whatever its name says. `damaged`: begins like one and does not go on, or end, like it. */
export type ImageHeadFault = "unknown" | "damaged";
