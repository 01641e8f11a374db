package io.latchkey.mail.delivery.kafka;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

@Configuration(proxyBeanMethods = false)
class DeliveryKafkaConfiguration {
    /** Wakes the partitions whose orders become due. */
    @Bean
    TaskScheduler dueOrders() {
        var scheduler = new SimpleAsyncTaskScheduler();
        scheduler.setThreadNamePrefix("due-");
        scheduler.setVirtualThreads(true);
        return scheduler;
    }
}
