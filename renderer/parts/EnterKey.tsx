import "./enter-key.css";
import { KeyCap } from "./KeyCap.tsx";
import { Press } from "./Press.tsx";

/** The tall key of a number pad: what Enter does, in a word. */
export function EnterKey(props: {
  readonly word: string;
  readonly isReady: boolean;
  readonly onPress: () => void;
  readonly testId?: string;
}) {
  const { word, isReady, onPress, testId = "enter" } = props;
  return (
    <Press tone="primary" className="enter-key" data-testid={testId} disabled={!isReady} onClick={onPress}>
      {word}
      <KeyCap>Enter</KeyCap>
    </Press>
  );
}
