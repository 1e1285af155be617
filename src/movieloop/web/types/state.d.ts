// What the page holds: the types of every part of `state.js`. Browsers do not load this file.
import type {components} from "./openapi.js";

/** What the server answers has the types of its OpenAPI document; `make page-types` writes them. */
export type Schemas = components["schemas"];

export type Film = Pick<Schemas["Recommendation"], "movie_id" | "title" | "year" | "genres"> & {
  distance?: number;
  owned?: boolean;
};

export type Said = Pick<
  Schemas["FeedbackItem"],
  "feedback_id" | "movie_id" | "title" | "year" | "rating" | "counts" | "rank_before"
>;

/** Something said that the server has not confirmed yet. */
export interface Entry {
  /** names the request: sent twice, it counts once */
  once: string;
  kind: "rate" | "undo";
  user: string;
  movie_id: number;
  title: string;
  year?: number | null;
  rating?: number | null;
  /** how the film was met */
  source?: string;
  /** the blind list it was rated in */
  blind?: number | null;
  /** what is taken back */
  feedback_id?: number;
}

/** After `at` of `of` ratings. */
export interface Past {
  at: number;
  of: number;
}

/** What a tap would change. */
export interface Ghost {
  movie_id: number;
  rating: number | null;
  after: Film[];
  taste: Schemas["TasteMove"][];
  place: Schemas["PlaceAfter"] | null;
}

export interface State {
  user: string;
  /** the only user this browser may be, if its key belongs to one */
  owner: string | null;
  /** the name of the key it has signed in with */
  signedIn: string | null;
  /** whether films can be requested */
  requests: boolean;
  route: {page: "home" | "film" | "you" | "operator"; film: number | null; user: string | null};
  /** the list, the first `SHOWN` of it on the screen */
  films: Film[];
  /** what a search found, null while nothing is sought */
  found: Film[] | null;
  /** rows beside the list */
  rows: Schemas["Row"][];
  /** what the user has said, oldest first */
  log: Said[];
  /** directions of the taste */
  taste: Schemas["Direction"][];
  /** the learning curve */
  progress: Schemas["ProgressOut"] | null;
  /** the film of the film page, its neighbours and why it stands where it stands */
  film: any;
  ghost: Ghost | null;
  /** the sentence of the last lesson, and what it was about */
  said: {text: string; feedback: any};
  filters: any;
  genres: {name: string; hue: number; movies: number}[];
  posterVersion: number;
  /** the moment the page shows, null for now */
  past: Past | null;
  /** where you are on the map */
  place: Schemas["Step"] | null;
  /** the demo's taste, while it is shown */
  visiting: {who: string; at: number; of: number} | null;
  /** whether the newcomer's twelve films are shown */
  starting: boolean;
  /** whether all sections are there */
  complete: boolean;
  /** the newcomer's films */
  picks: Film[];
  /** what waits for the server */
  waiting: Entry[];
  /** whether the server has been out of reach */
  cut: boolean;
  /** the blind comparison */
  blind: {on: boolean; as_of: number | null};
  /** an import that is being looked at */
  bringing: any;
  /** the questions of tonight, null while none are asked */
  evening: any;
  /** who watches together and what, null while nobody is asked for */
  company: any;
  /** what the operator sees */
  operator: {
    progress: Schemas["EverybodyOut"];
    versions: Schemas["ModelVersion"][];
    model: Schemas["ModelOut"];
    connections: Schemas["ConnectionOut"][];
    requests: unknown[][];
    counters: [string, string][];
  } | null;
  /** who is of a like taste, of those who agreed to be found */
  people: Schemas["SimilarPeople"] | null;
  /** films the user wants to see */
  watchlist: Schemas["WishItem"][];
}
