import type { Report } from '../report.ts';
import { quoted } from '../text.ts';
import type { YamlEntry, YamlMap } from './tree.ts';

/**
 * The entries of a map whose keys are `names` in any capitals, in the order of the file and each as often as it
 * stands there. Other keys are warned about when they are passed.
 */
export function* knownFields<Name extends string>(
  map: YamlMap,
  names: readonly Name[],
  report: Report,
): Generator<readonly [Name, YamlEntry]> {
  for (const entry of map.entries) {
    const name = names.find((each) => each === entry.key.trim().toLowerCase());
    if (name !== undefined) yield [name, entry];
    else
      report.warning(
        'field-unknown',
        entry.place,
        `The field ${quoted(entry.key)} is not known; it is not used.`,
        `The fields are ${names.slice(0, -1).join(', ')} and ${names.at(-1)}.`,
      );
  }
}
