/** The words in the pictures, for both faces; the site's catalogue holds the rest. */

export interface PictureTexts {
  readonly tied: string;
  readonly place: string;
  /** {a} {b} {x} {y} */
  readonly nobodyCompares: string;
  readonly beats: string;
  readonly beatsNobody: string;
  readonly beatenByNobody: string;
  readonly rowOver: string;
  readonly heatmapCaption: string;
  /** {n} {m}: shown candidates of all */
  readonly heatmapCut: string;
  readonly graphCut: string;
  readonly manyUpsets: string;
  readonly graphCaption: string;
  readonly beatsAllBelow: string;
  readonly upset: string;
  readonly opinions: { readonly one: string; readonly other: string };
}

export const PICTURE_TEXTS: Readonly<Record<'en' | 'de', PictureTexts>> = {
  en: {
    tied: 'tied',
    place: 'Place {n}',
    nobodyCompares: '{a} and {b}: no ballot prefers one to the other.',
    beats: '{name} beats {others}.',
    beatsNobody: '{name} beats nobody.',
    beatenByNobody: 'Nobody beats {name}.',
    rowOver: 'Row over column',
    heatmapCaption: 'Ballots that prefer the row, minus ballots that prefer the column',
    heatmapCut: 'The first {n} of {m} candidates. All pairs are in the downloads.',
    graphCut: 'The first {n} of {m} candidates. The list names all.',
    manyUpsets: 'In {n} pairs the direct comparison goes the other way.',
    beatsAllBelow: '{name} beats everyone placed below.',
    graphCaption:
      'Who beats whom: an arrow leads down to the next candidates that are beaten; they beat those below in turn',
    upset: 'Against the order: {a} is preferred to {b}, {x} to {y}, yet placed below.',
    opinions: { one: 'ranked on {n} ballot', other: 'ranked on {n} ballots' },
  },
  de: {
    tied: 'gleichauf',
    place: 'Platz {n}',
    nobodyCompares: '{a} und {b}: Kein Stimmzettel zieht jemanden vor.',
    beats: '{name} schlägt {others}.',
    beatsNobody: '{name} schlägt niemanden.',
    beatenByNobody: 'Niemand schlägt {name}.',
    rowOver: 'Zeile vor Spalte',
    heatmapCaption: 'Stimmzettel, die die Zeile vorziehen, minus Stimmzettel, die die Spalte vorziehen',
    heatmapCut: 'Die ersten {n} von {m} Kandidierenden. Alle Paare stehen in den Dateien zum Herunterladen.',
    graphCut: 'Die ersten {n} von {m} Kandidierenden. Die Liste nennt alle.',
    manyUpsets: 'Bei {n} Paaren geht der direkte Vergleich anders aus.',
    beatsAllBelow: '{name} schlägt alle weiter unten.',
    graphCaption:
      'Wer schlägt wen: Ein Pfeil führt hinab zu den nächsten, die geschlagen werden; diese schlagen die darunter',
    upset: 'Gegen die Reihenfolge: {a} wird {b} vorgezogen, {x} zu {y}, steht aber darunter.',
    opinions: { one: 'auf {n} Stimmzettel gereiht', other: 'auf {n} Stimmzetteln gereiht' },
  },
};
