import "react";

declare module "react" {
  interface CSSProperties {
    /** Dots of a code on paper, turned into lengths by paper.css. */
    "--paper-wide"?: number;
    "--paper-high"?: number;
  }
}
