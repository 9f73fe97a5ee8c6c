/** Labels on a page of choices: ten sheets of A4. Whoever has more prints these first. */
export const mostLabels = 240;
/** Labels in one strip: about two metres of paper, a minute in which a receipt waits behind it. */
export const mostOnStrip = 60;
/** Labels due are counted no further. */
export const mostLabelsDueTold = 10_000;
/** On one A4 sheet: 3 beside each other, 8 below, as label paper is cut. */
export const labelsOnSheet = 24;
