/// What only the SQL store can be asked: its batches, its faults, its file.
@NullMarked
package tandem.store.sql;

import org.jspecify.annotations.NullMarked;
