import "./press.css";
import type { ButtonHTMLAttributes, ReactNode } from "react";

/**
 * A button for a finger: at least 48 px, at once, without a shadow that lags. `tone` is what it stands for: `primary` is
 * the one thing to do on a screen, `wechat` WeChat Pay itself, `danger` something that throws work away.
 */
export function Press({
  tone = "plain",
  className,
  children,
  ...rest
}: {
  readonly tone?: "plain" | "primary" | "wechat" | "danger" | "quiet";
  readonly children: ReactNode;
} & Omit<ButtonHTMLAttributes<HTMLButtonElement>, "type">) {
  return (
    <button type="button" className={`press press-${tone} ${className ?? ""}`} {...rest}>
      {children}
    </button>
  );
}
