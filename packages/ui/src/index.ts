export { BeatGraph, BeatList } from './BeatGraph.tsx';
export type { BeatGraphProps } from './BeatGraph.tsx';
export { Heatmap } from './Heatmap.tsx';
export type { HeatmapProps } from './Heatmap.tsx';
export { RankList } from './RankList.tsx';
export type { RankListProps } from './RankList.tsx';
export { Turnout } from './Turnout.tsx';
export type { TurnoutProps } from './Turnout.tsx';
export { PICTURE_TEXTS } from './texts.ts';
export type { PictureTexts } from './texts.ts';
export {
  anchor,
  inResultOrder,
  listOf,
  MOST_IN_PICTURE,
  nameOf,
  pairAnchor,
  pairReason,
  pairSentence,
  put,
  signed,
  withNames,
} from './words.ts';
export type { Names, PictureLang } from './words.ts';
