/** What every table of MariaDB and MySQL is made of. Released migrations use it: it is not changed, but added to. */

/** No spaces are ignored and no letters are alike: a key is the bytes of its text. The two name it differently. */
export const TABLE = [
  'engine=InnoDB',
  'row_format=dynamic',
  'default charset=utf8mb4',
  'collate /*M! utf8mb4_nopad_bin */ /*!80000 utf8mb4_0900_bin */',
].join(' ');

/** Widths, in characters: what this server makes; what is a name elsewhere; an election's folders. */
export const ID = 'varchar(64)';
export const NAME = 'varchar(255)';
export const KEY = 'varchar(500)';
