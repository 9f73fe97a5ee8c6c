import "./dialog.css";
import { Modal } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useCommonText } from "../i18n/common-texts.ts";
import { isOnButton, useKeys, type KeyHandler, type KeyLevel } from "../till/keys.ts";
import { Press } from "./Press.tsx";
import { KeyCap } from "./KeyCap.tsx";
import { useFocusReturn } from "./use-focus-return.ts";

/** In pixels; the broadest leaves the smallest screen its edges. */
const widths = { small: 460, wide: 720, broad: 980 } as const;

/**
 * A dialog over the till. It never stops a scan: those arrive in main, whatever has the focus. Esc closes it, Enter
 * confirms unless a button has the focus.
 */
export function Dialog(props: {
  readonly title: string;
  readonly level?: KeyLevel;
  readonly size?: "small" | "wide" | "broad";
  readonly testId: string;
  readonly onClose: () => void;
  readonly onEnter?: () => void;
  readonly onKey?: KeyHandler;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
}) {
  const { title, level = "dialog", size = "small", onClose, onEnter, onKey, children, footer } = props;
  const common = useCommonText();
  useFocusReturn();
  useKeys(level, (event) => {
    if (onKey?.(event) === true) return true;
    if (event.key === "Escape") {
      onClose();
      return true;
    }
    if (event.key !== "Enter" || event.repeat || onEnter === undefined || isOnButton(event)) return false;
    onEnter();
    return true;
  });
  return (
    <Modal.Root
      opened
      onClose={onClose}
      closeOnEscape={false}
      centered
      lockScroll={false}
      size={widths[size]}
      padding={0}
      zIndex={level === "approval" ? 400 : 300}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay backgroundOpacity={0.5} />
      <Modal.Content aria-label={title} data-testid={props.testId} radius={10}>
        <div className="dialog-head">
          <h2>{title}</h2>
          <Press tone="quiet" aria-label={common("close")} onClick={onClose}>
            <KeyCap>Esc</KeyCap>
            <IconX size={22} aria-hidden />
          </Press>
        </div>
        <div className="dialog-body">{children}</div>
        {footer !== undefined && <div className="dialog-foot">{footer}</div>}
        {/* Where the focus rests when the dialog has no field of its own: on no button, so that Enter means what it says. */}
        <div data-autofocus tabIndex={-1} className="dialog-rest" />
      </Modal.Content>
    </Modal.Root>
  );
}
