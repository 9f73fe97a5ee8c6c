import "./training-mark.css";

const words = "培训 不作凭证 · TRAINING";

/** Over every screen of a training, the customer's too: nothing here is a real sale. It is in nobody's way and takes no press. */
export function TrainingMark() {
  return (
    <div className="training-mark" data-testid="training-mark">
      <svg aria-hidden="true" width="100%" height="100%">
        <defs>
          <pattern
            id="training-words"
            width="420"
            height="220"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(-24)"
          >
            <text x="8" y="60">
              {words}
            </text>
            <text x="218" y="170">
              {words}
            </text>
          </pattern>
        </defs>
        <rect width="100%" height="100%" fill="url(#training-words)" />
      </svg>
      <strong role="status">{words}</strong>
    </div>
  );
}
