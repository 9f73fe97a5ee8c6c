import "./dialog.css";
import { IconAlertCircle } from "@tabler/icons-react";

/** Why what was typed cannot be; stands in the dialog where it was typed. */
export function TroubleNote({ text }: { readonly text: string }) {
  return (
    <div className="dialog-trouble" role="alert" data-testid="trouble">
      <IconAlertCircle size={22} aria-hidden />
      <span>{text}</span>
    </div>
  );
}
