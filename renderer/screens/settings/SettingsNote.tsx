import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";

/** What stands on the page to be read before anything is pressed: what is so, and what to do next. */
export function SettingsNote(props: {
  readonly tone: "good" | "plain" | "grave";
  readonly icon: Icon;
  readonly sentence: string;
  readonly next?: string;
  readonly testId?: string;
  readonly children?: ReactNode;
}) {
  const { tone, icon: NoteIcon, sentence, next, children } = props;
  return (
    <div className={`settings-note settings-note-${tone}`} role="status" data-testid={props.testId}>
      <NoteIcon size={26} aria-hidden />
      <div>
        <strong>{sentence}</strong>
        {next !== undefined && <p>{next}</p>}
      </div>
      {children}
    </div>
  );
}
