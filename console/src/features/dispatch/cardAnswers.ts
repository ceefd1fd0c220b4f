/** Which run card answers which kind of incident, and which kinds none answers. */
import type { Kind, RunCard } from '../../api/types';

export interface Unanswered {
  kind: Kind;
  priorities: number[];
}

/** The card for a kind at an urgency where no site has one of its own; as the server finds it. */
export function cardFor(
  cards: readonly RunCard[],
  kind: string,
  priority: number,
): RunCard | undefined {
  return cards.find(
    (card) =>
      card.sites.length === 0 && card.kinds.includes(kind) && card.priorities.includes(priority),
  );
}

/** The kinds that need a unit and have no card, with the urgencies at which that is so. */
export function unanswered(
  cards: readonly RunCard[],
  kinds: readonly Kind[],
  priorities: readonly number[],
): Unanswered[] {
  return kinds
    .filter(({ capabilities }) => capabilities.length > 0)
    .map((kind) => ({
      kind,
      priorities: priorities.filter((one) => cardFor(cards, kind.code, one) === undefined),
    }))
    .filter((one) => one.priorities.length > 0);
}
