/*
 * librdkafka's mock cluster as a process of its own: Kafka's protocol without a Kafka, for tests.
 *
 * kafka-cluster <brokers>: prints the brokers' addresses, then takes commands, one a line, and answers "ok" to each:
 *   topic <name> <partitions> <replicas>
 *   delete <topic>
 *   down <broker>, up <broker>                connections to a broker are closed and refused, and taken again
 *   error <api> <code> <times>                the next requests of an API are answered with an error
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include <rdkafka.h>
#include <rdkafka_mock.h>

int main(int argc, char **argv) {
  char text[512], name[256];
  int one, two, three;
  rd_kafka_t *kafka;
  rd_kafka_mock_cluster_t *cluster;

  /* Clients that are killed are what it is for. */
  signal(SIGPIPE, SIG_IGN);
  kafka = rd_kafka_new(RD_KAFKA_PRODUCER, rd_kafka_conf_new(), text, sizeof text);
  if (!kafka) {
    fprintf(stderr, "%s\n", text);
    return 1;
  }
  cluster = rd_kafka_mock_cluster_new(kafka, argc > 1 ? atoi(argv[1]) : 1);
  /* A group that begins does not wait for members to come. */
  rd_kafka_mock_group_initial_rebalance_delay_ms(cluster, 20);
  /* Of JoinGroup, LeaveGroup and SyncGroup it misreads the newest versions that it names, which other clients than ours would use. */
  rd_kafka_mock_set_apiversion(cluster, 11, 0, 5);
  rd_kafka_mock_set_apiversion(cluster, 13, 0, 2);
  rd_kafka_mock_set_apiversion(cluster, 14, 0, 3);
  printf("%s\n", rd_kafka_mock_cluster_bootstraps(cluster));
  fflush(stdout);
  while (fgets(text, sizeof text, stdin)) {
    rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR;
    if (sscanf(text, "topic %255s %d %d", name, &one, &two) == 3)
      error = rd_kafka_mock_topic_create(cluster, name, one, two);
    else if (sscanf(text, "delete %255s", name) == 1)
      error = rd_kafka_mock_topic_delete(cluster, name);
    else if (sscanf(text, "down %d", &one) == 1)
      error = rd_kafka_mock_broker_set_down(cluster, one);
    else if (sscanf(text, "up %d", &one) == 1)
      error = rd_kafka_mock_broker_set_up(cluster, one);
    else if (sscanf(text, "error %d %d %d", &one, &two, &three) == 3)
      while (three-- > 0)
        rd_kafka_mock_push_request_errors(cluster, (int16_t)one, 1, (rd_kafka_resp_err_t)two);
    else
      error = RD_KAFKA_RESP_ERR__INVALID_ARG;
    printf("%s\n", error ? rd_kafka_err2name(error) : "ok");
    fflush(stdout);
  }
  rd_kafka_mock_cluster_destroy(cluster);
  rd_kafka_destroy(kafka);
  return 0;
}
