package io.provision.migration;

import io.provision.testing.SampleDatabase;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A database, and a manifest that moves tables out of its schema public.
 *
 * @param since the first major version of PostgreSQL that can do it
 * @param services of the manifest, and defaults where there are any
 * @param instances their {@code migrate}, by the schemas that come of them
 * @param moved all relations that move, partitions and children too, by schema
 * @param meanwhile what happens to them while they are moved, as the superuser
 * @param traces words of which each difference has one that {@code meanwhile} leaves once everything is back
 */
record RoundTripCase(
        String name,
        SampleDatabase sample,
        int since,
        String services,
        Map<String, String> instances,
        Map<String, List<String>> moved,
        String meanwhile,
        List<String> traces) {

    static final List<RoundTripCase> ALL = List.of(
            new RoundTripCase(
                    "a film rental that becomes two instances", SampleDatabase.RENTAL, 13,
                    "services: {shop-simulator: {}}",
                    Map.of(
                            "shop_filmNN", "{tables: [\"film*\", actor, category, language, inventory, rental, "
                                    + "payment]}",
                            "shop_crmNN", "{tables: [customer, staff, store, address]}"),
                    Map.of(
                            "shop_filmNN", List.of("film", "film_actor", "film_category", "actor", "category",
                                    "language", "inventory", "rental", "payment", "payment_p2026_01",
                                    "payment_p2026_02", "payment_rest"),
                            "shop_crmNN", List.of("customer", "staff", "store", "address")),
                    """
                    INSERT INTO shop_filmNN.language (name) VALUES ('Esperanto');
                    UPDATE shop_filmNN.film SET title = 'Changed' WHERE film_id = 1;
                    DELETE FROM shop_filmNN.film_category WHERE film_id = 2;
                    CREATE TABLE shop_filmNN.payment_p2027_01 PARTITION OF shop_filmNN.payment
                      FOR VALUES FROM ('2027-01-01 00:00+00') TO ('2027-02-01 00:00+00');
                    INSERT INTO shop_filmNN.payment (customer_id, amount, payment_date)
                    VALUES (1, 1.99, '2027-01-02 00:00+00');
                    CREATE INDEX rental_customer_idx ON shop_filmNN.rental (customer_id);
                    ALTER TABLE shop_crmNN.customer ADD COLUMN loyalty integer DEFAULT 7;
                    SET ROLE shop_filmNN_adapter;
                    CREATE TABLE shop_filmNN.notes (id serial PRIMARY KEY, note text);
                    INSERT INTO shop_filmNN.notes (note) VALUES ('kept');
                    RESET ROLE;
                    """,
                    List.of("payment_p2027_01", "rental_customer_idx", "loyalty", "relation public.customer: ",
                            "sequence public.language_language_id_seq: ", "relation public.language: ",
                            "relation public.film: digest", "relation public.film_category: ",
                            "sequence public.payment_payment_id_seq: ")),
            new RoundTripCase(
                    "a company of two instances, with a reader, and views that move", SampleDatabase.COMPANY, 13,
                    """
                    defaults: {readers: [office_readerNN]}
                    services: {office-simulator: {}}
                    """,
                    Map.of(
                            "office_salesNN", "{tables: [orders, \"Order?Details\", invoices, customers, products, "
                                    + "suppliers, categories, product_sales]}",
                            "office_staffNN", "{tables: [\"employee*\", departments, retired, region, territories, "
                                    + "phone_book]}"),
                    Map.of(
                            "office_salesNN", List.of("orders", "Order Details", "invoices", "customers", "products",
                                    "suppliers", "categories", "product_sales"),
                            "office_staffNN", List.of("employees", "employee_territories", "departments", "retired",
                                    "region", "territories", "phone_book")),
                    """
                    INSERT INTO office_staffNN.region VALUES (99, 'beyond');
                    UPDATE office_staffNN.employees SET salary = salary + 1 WHERE employee_id < 10;
                    CREATE INDEX products_supplier_idx ON office_salesNN.products (supplier_id);
                    ALTER TABLE office_salesNN.suppliers ADD COLUMN stars smallint CHECK (stars < 6);
                    SET ROLE office_salesNN_adapter;
                    CREATE TABLE office_salesNN.notes (id serial PRIMARY KEY, note text);
                    INSERT INTO office_salesNN.notes (note) VALUES ('kept');
                    RESET ROLE;
                    """,
                    List.of("relation public.region: ", "relation public.employees: ", "products_supplier_idx", "stars",
                            "relation public.suppliers: ")),
            new RoundTripCase(
                    "a company whose tables leave views behind, and their owners", SampleDatabase.COMPANY, 15,
                    "services: {office-simulator: {}}",
                    Map.of("office_salesNN", "{tables: [orders, invoices, customers, region], "
                            + "views: compat, owner: role}"),
                    Map.of("office_salesNN", List.of("orders", "invoices", "customers", "region")),
                    """
                    UPDATE office_salesNN.customers SET company_name = 'Changed' WHERE customer_id = 'C0001';
                    ALTER TABLE office_salesNN.customers ADD COLUMN stars smallint;
                    SET ROLE office_salesNN_adapter;
                    CREATE TABLE office_salesNN.notes (id serial PRIMARY KEY, note text);
                    RESET ROLE;
                    """,
                    List.of("relation public.customers: ", "stars")),
            new RoundTripCase(
                    "an airline with rules, policies and inheritance", SampleDatabase.FLIGHTS, 13,
                    "services: {airline-simulator: {}}",
                    Map.of("airline_mainNN", "{tables: [aircrafts_data, airports_data, flights, runway_slots, seats, "
                            + "\"book*\", \"ticket*\", boarding_passes, people, badges, search_cache]}"),
                    Map.of("airline_mainNN", List.of("aircrafts_data", "airports_data", "flights", "runway_slots",
                            "seats", "bookings", "booking_log", "tickets", "ticket_flights", "boarding_passes",
                            "people", "frequent_flyers", "crew", "captains", "badges", "search_cache")),
                    """
                    UPDATE airline_mainNN.bookings SET total_amount = 7 WHERE book_ref = '000150';
                    INSERT INTO airline_mainNN.people (name) VALUES ('Somebody');
                    CREATE TABLE airline_mainNN.stewards (language text) INHERITS (airline_mainNN.crew);
                    CREATE INDEX tickets_name_idx ON airline_mainNN.tickets (passenger_name);
                    ALTER TABLE airline_mainNN.badges ADD COLUMN colour text;
                    SET ROLE airline_mainNN_adapter;
                    CREATE TABLE airline_mainNN.notes (id serial PRIMARY KEY, note text);
                    RESET ROLE;
                    """,
                    List.of("relation public.bookings: ", "relation public.booking_log: ", "booking_log_logged_seq: ",
                            "relation public.people: ", "people_person_id_seq", "stewards", "tickets_name_idx",
                            "colour", "relation public.badges: ", "relation public.crew: ",
                            "relation public.captains: ")),
            new RoundTripCase(
                    "events in partitions of partitions", SampleDatabase.EVENTS, 13,
                    "services: {event-store: {}}",
                    Map.of("event_mainNN", "{tables: [events, archived_events, event_inbox, \"deliver*\"]}"),
                    Map.of("event_mainNN", List.of("events", "events_2026_01", "events_2026_01_eu",
                            "events_2026_01_us", "events_2026_01_rest", "events_2026_02", "events_2026_02_all",
                            "events_rest", "archived_events", "event_inbox", "deliveries", "deliveries_0",
                            "deliveries_1")),
                    """
                    UPDATE event_mainNN.archived_events SET body = 'changed' WHERE event_id % 7 = 0;
                    CREATE TABLE event_mainNN.events_2026_02_eu PARTITION OF event_mainNN.events_2026_02
                      FOR VALUES IN ('mars');
                    INSERT INTO event_mainNN.events (region, created_at) VALUES ('mars', '2026-02-02 00:00+00');
                    CREATE INDEX events_trace_hash_idx ON event_mainNN.events USING hash (trace);
                    ALTER TABLE event_mainNN.event_inbox ADD COLUMN tries integer DEFAULT 0;
                    SET ROLE event_mainNN_adapter;
                    CREATE TABLE event_mainNN.notes (id serial PRIMARY KEY, note text);
                    RESET ROLE;
                    """,
                    List.of("archived_events: digest", "audit_events", "events_2026_02_eu", "trace_hash_idx",
                            "trace_idx", "global_event_id: ", "batch_number: ", "tries",
                            "relation public.event_inbox: ")));

    RoundTripCase {
        instances = Collections.unmodifiableSortedMap(new TreeMap<>(instances));
        moved = Collections.unmodifiableSortedMap(new TreeMap<>(moved));
    }

    /** As {@code instances.yaml} has it. */
    String manifest() {
        StringBuilder text = new StringBuilder(services.strip()).append("\ninstances:\n");
        instances.forEach((schema, migrate) ->
                text.append("  %s: {migrate: %s}\n".formatted(schema.replace('_', '-'), migrate)));
        return text.toString();
    }

    @Override
    public String toString() {
        return name;
    }
}
