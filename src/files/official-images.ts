/*
 * Names without a path in a script are Docker's official images or ones that were built on the same machine, often by
 * another file. Source: github.com/docker-library/official-images library/, without those
 * that hardly any script runs and those whose names people give to images of their own.
 */

const OFFICIAL: ReadonlySet<string> = new Set(
  `adminer adoptopenjdk aerospike almalinux alpine amazoncorretto amazonlinux api-firewall arangodb archlinux bash
buildpack-deps busybox caddy cassandra centos chronograf cirros clickhouse clojure composer consul convertigo
couchbase couchdb dart debian docker drupal eclipse-mosquitto eclipse-temurin eggdrop elasticsearch elixir emqx
erlang fedora flink fluentd friendica gazebo gcc geonetwork ghost golang gradle groovy haproxy haskell haxe
hello-world httpd ibm-semeru-runtimes ibmjava influxdb java jenkins jetty joomla jruby julia kapacitor kibana kong
krakend liquibase logstash mageia mariadb matomo maven mediawiki memcached mongo mongo-express mysql nats
nats-streaming neo4j neurodebian nextcloud nginx node nuxeo odoo open-liberty openjdk opensuse oraclelinux orientdb
owncloud percona perl php phpmyadmin plone postfixadmin postgres pypy python r-base rabbitmq redis redmine registry
rethinkdb rocket.chat rockylinux ros ruby rust sapmachine solr sonarqube spark swarm swift swipl teamspeak telegraf
tomcat tomee traefik ubuntu valkey varnish vault websphere-liberty wordpress xwiki yourls znc zookeeper`.split(/\s+/),
);

/** Whether Docker Hub has an official image of this name. */
export function isOfficial(name: string): boolean {
  return OFFICIAL.has(name);
}
