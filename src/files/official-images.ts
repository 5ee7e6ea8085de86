/*
 * Names without a path in a script are Docker's official images or ones that were built on the same machine, often by
 * another file. Source: github.com/docker-library/official-images library/, without those that hardly any script runs.
 */

const OFFICIAL: ReadonlySet<string> = new Set(
  `adminer almalinux alpine amazoncorretto amazonlinux arangodb archlinux bash
buildpack-deps busybox caddy cassandra centos clickhouse clojure composer
consul couchbase couchdb debian docker drupal eclipse-mosquitto eclipse-temurin elasticsearch elixir emqx erlang fedora flink fluentd gcc ghost golang gradle groovy haproxy haskell
hello-world httpd ibm-semeru-runtimes influxdb jenkins jetty joomla julia kibana kong logstash mariadb matomo maven mediawiki memcached mongo
mongo-express mysql nats nats-streaming neo4j nextcloud nginx node open-liberty
openjdk opensuse oraclelinux percona perl php phpmyadmin postgres pypy python r-base
rabbitmq redis redmine registry rockylinux ros ruby rust
solr sonarqube spark swift telegraf tomcat traefik
ubuntu valkey varnish vault wordpress zookeeper`.split(/\s+/),
);

/** Whether Docker Hub has an official image of this name. */
export function isOfficial(name: string): boolean {
  return OFFICIAL.has(name);
}
