-- US dollars for a million tokens, as the provider charges; null: nobody said.
alter table models add column input_price double precision;
alter table models add column output_price double precision;
